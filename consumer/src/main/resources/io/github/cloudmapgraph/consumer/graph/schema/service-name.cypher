CREATE INDEX service_name IF NOT EXISTS FOR (service:Service) ON (service.name)
