import type { Instance, Service } from './types';

export interface ConsoleLink {
  readonly label: string;
  readonly url: string;
}

/** An ARN's parts: `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;

export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([a-z-]+):([a-z0-9-]+):([a-z0-9-]*):(\d*):(.+)$/s.exec(text);
  if (match === null) return undefined;
  return { partition: match[1]!, service: match[2]!, region: match[3]!, account: match[4]!, resource: match[5]! };
}

/** Of the three partitions that have a console which people reach by a browser; a region that is none gives no link. */
function consoleHost(partition: string, region: string): string | undefined {
  if (!REGION.test(region)) return undefined;
  switch (partition) {
    case 'aws':
      return `${region}.console.aws.amazon.com`;
    case 'aws-cn':
      return `${region}.console.amazonaws.cn`;
    case 'aws-us-gov':
      return `${region}.console.amazonaws-us-gov.com`;
    default:
      return undefined;
  }
}

const part = encodeURIComponent;

function page(partition: string, region: string, path: string): string | undefined {
  const host = consoleHost(partition, region);
  return host === undefined ? undefined : `https://${host}/${path}`;
}

function link(label: string, url: string | undefined): ConsoleLink[] {
  return url === undefined ? [] : [{ label, url }];
}

/** Cloud Map's own page of a service. */
export function serviceLinks(service: Service): ConsoleLink[] {
  const arn = parseArn(service.arn);
  const namespace = parseArn(service.namespaceArn);
  if (arn === undefined || namespace === undefined) return [];
  const namespaceId = namespace.resource.slice(namespace.resource.indexOf('/') + 1);
  const path = `cloudmap/home?region=${part(arn.region)}#/namespaces/${part(namespaceId)}/services/${part(service.id)}`;
  return link('Cloud Map service', page(arn.partition, arn.region, path));
}

/** What an instance tells of itself: an ECS service or task, an EC2 instance, a function, a queue, a table, a bucket. */
export function instanceLinks(service: Service, instance: Instance): ConsoleLink[] {
  const own = parseArn(service.arn);
  if (own === undefined) return [];
  const attributes = instance.attributes;
  const region = attributes.REGION ?? own.region;
  const at = (path: string) => page(own.partition, region, path);
  const links: ConsoleLink[] = [];
  const cluster = attributes.ECS_CLUSTER_NAME;
  if (cluster !== undefined) {
    const base = `ecs/v2/clusters/${part(cluster)}`;
    // ECS registers a task under its id.
    if (/^[0-9a-f]{32}$/.test(instance.name)) links.push(...link('ECS task', at(`${base}/tasks/${part(instance.name)}?region=${part(region)}`)));
    const name = attributes.ECS_SERVICE_NAME;
    if (name !== undefined) links.push(...link('ECS service', at(`${base}/services/${part(name)}?region=${part(region)}`)));
  }
  const ec2 = attributes.AWS_EC2_INSTANCE_ID ?? attributes.EC2_INSTANCE_ID;
  if (ec2 !== undefined) links.push(...link('EC2 instance', at(`ec2/home?region=${part(region)}#InstanceDetails:instanceId=${part(ec2)}`)));
  for (const value of Object.values(attributes)) {
    const arn = parseArn(value);
    if (arn !== undefined) links.push(...resourceLinks(arn));
  }
  return links;
}

function resourceLinks(arn: Arn): ConsoleLink[] {
  const region = part(arn.region);
  const at = (path: string) => page(arn.partition, arn.region, path);
  switch (arn.service) {
    case 'lambda': {
      const name = /^function:([^:]+)/.exec(arn.resource)?.[1];
      return name === undefined ? [] : link('Lambda function', at(`lambda/home?region=${region}#/functions/${part(name)}`));
    }
    case 'sqs': {
      const suffix = arn.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
      const queue = `https://sqs.${arn.region}.${suffix}/${arn.account}/${arn.resource}`;
      return link('SQS queue', at(`sqs/v3/home?region=${region}#/queues/${part(queue)}`));
    }
    case 'dynamodb': {
      const table = /^table\/([^/]+)/.exec(arn.resource)?.[1];
      return table === undefined ? [] : link('DynamoDB table', at(`dynamodbv2/home?region=${region}#table?name=${part(table)}`));
    }
    case 's3':
      // A bucket's ARN names no region; the console of the partition's first one finds it.
      return arn.partition === 'aws' ? link('S3 bucket', `https://s3.console.aws.amazon.com/s3/buckets/${part(arn.resource.split('/')[0]!)}`) : [];
    default:
      return [];
  }
}
