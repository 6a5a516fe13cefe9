CREATE CONSTRAINT namespace_arn IF NOT EXISTS FOR (namespace:Namespace) REQUIRE namespace.arn IS UNIQUE
