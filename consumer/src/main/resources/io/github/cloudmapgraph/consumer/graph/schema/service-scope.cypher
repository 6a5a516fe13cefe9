CREATE INDEX service_scope IF NOT EXISTS FOR (service:Service) ON (service.scope)
