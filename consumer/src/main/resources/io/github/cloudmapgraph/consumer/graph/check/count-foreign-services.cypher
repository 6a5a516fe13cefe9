MATCH (service:Service)
WHERE service.scope IS NULL
RETURN count(service) AS services
