CREATE INDEX instance_scope IF NOT EXISTS FOR (instance:Instance) ON (instance.scope)
