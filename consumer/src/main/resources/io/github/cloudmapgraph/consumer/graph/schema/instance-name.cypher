CREATE INDEX instance_name IF NOT EXISTS FOR (instance:Instance) ON (instance.name)
