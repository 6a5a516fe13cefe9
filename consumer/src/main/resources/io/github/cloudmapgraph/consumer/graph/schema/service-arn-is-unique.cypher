CREATE CONSTRAINT service_arn IF NOT EXISTS FOR (service:Service) REQUIRE service.arn IS UNIQUE
