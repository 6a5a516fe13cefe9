UNWIND $rows AS row
CREATE (service:Service)
SET service = row.set
