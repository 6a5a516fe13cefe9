CREATE INDEX namespace_scope IF NOT EXISTS FOR (namespace:Namespace) ON (namespace.scope)
