/** Names for the kinds of what is registered; a kind that is not here is shown by its own word. */
const NAMES: Readonly<Record<string, string>> = {
  'ecs-task': 'ECS task',
  ec2: 'EC2 instance',
  lambda: 'Lambda function',
  'load-balancer': 'Load balancer',
  sqs: 'SQS queue',
  sns: 'SNS topic',
  dynamodb: 'DynamoDB table',
  s3: 'S3 bucket',
  kubernetes: 'Kubernetes pod',
  ip: 'IP address',
  'dns-name': 'DNS name',
  'step-functions': 'Step Functions',
  kinesis: 'Kinesis stream',
  'event-bus': 'Event bus',
  rds: 'RDS database',
  elasticache: 'ElastiCache',
  'api-gateway': 'API Gateway',
  other: 'Something else',
};

export function kindName(kind: string): string {
  return Object.hasOwn(NAMES, kind) ? NAMES[kind]! : kind;
}
