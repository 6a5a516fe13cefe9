import { describe, expect, it } from 'vitest';
import { instanceLinks, parseArn, serviceLinks } from './console';
import { serviceOf } from './testing';
import type { Instance } from './types';

const service = serviceOf('web', {
  arn: 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1',
  id: 'srv-1',
  namespaceArn: 'arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-1',
});
const instance = (name: string, attributes: Record<string, string>): Instance => ({ key: name, name, health: 'NO_CHECK', kind: 'other', attributes, properties: {} });
const urls = (attributes: Record<string, string>, name = 'one') => instanceLinks(service, instance(name, attributes)).map((link) => link.url);

describe('links to the AWS console', () => {
  it('lead to the service in its region', () => {
    expect(serviceLinks(service)[0]!.url).toBe('https://eu-west-1.console.aws.amazon.com/cloudmap/home?region=eu-west-1#/namespaces/ns-1/services/srv-1');
  });

  it('lead to what the instance tells of itself', () => {
    const task = '9c7f3095d3b81607ba2ebc6fab7517f3';
    expect(urls({ ECS_CLUSTER_NAME: 'main', ECS_SERVICE_NAME: 'web', REGION: 'us-east-1' }, task)).toEqual([
      `https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/main/tasks/${task}?region=us-east-1`,
      'https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/main/services/web?region=us-east-1',
    ]);
    expect(urls({ AWS_EC2_INSTANCE_ID: 'i-1' })).toEqual(['https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-1']);
    expect(urls({ arn: 'arn:aws:lambda:us-east-1:111122223333:function:calc:live' })).toEqual(['https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/calc']);
    expect(urls({ arn: 'arn:aws:dynamodb:us-east-1:1:table/products' })).toEqual(['https://us-east-1.console.aws.amazon.com/dynamodbv2/home?region=us-east-1#table?name=products']);
  });

  it('never lead anywhere else, whatever is written into an attribute', () => {
    const hostile = ['javascript:alert(1)', '"><script>', '../../evil', 'a&b=c#d', '@evil.example/'];
    for (const text of hostile) {
      const all = urls({ ECS_CLUSTER_NAME: text, ECS_SERVICE_NAME: text, AWS_EC2_INSTANCE_ID: text, arn: `arn:aws:lambda:us-east-1:1:function:${text}`, other: `arn:aws:sqs:us-east-1:1:${text}` });
      expect(all.length).toBeGreaterThanOrEqual(4);
      for (const url of all) {
        const parsed = new URL(url);
        expect(parsed.protocol).toBe('https:');
        expect(parsed.host).toMatch(/^(eu-west-1|us-east-1)\.console\.aws\.amazon\.com$/);
        expect(url).not.toMatch(/[<>"\s]/);
      }
    }
    expect(urls({ REGION: 'evil.example/', AWS_EC2_INSTANCE_ID: 'i-1' })).toEqual([]);
    expect(urls({ arn: 'arn:aws:lambda:evil.example:1:function:x' })).toEqual([]);
    expect(urls({ arn: 'arn:evil:lambda:us-east-1:1:function:x' })).toEqual([]);
  });

  it('know what an ARN is', () => {
    expect(parseArn('arn:aws:sqs:us-east-1:1:q')?.resource).toBe('q');
    expect(parseArn('https://example.com')).toBeUndefined();
  });
});
