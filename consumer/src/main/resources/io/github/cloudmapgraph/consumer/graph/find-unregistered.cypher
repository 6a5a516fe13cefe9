// From the store's own counts: no node is read. A stranger's extra REGISTERED counts too; the keys tell what it is.
RETURN count { (:Instance) } <> count { (:Instance)-[:REGISTERED]->() } AS unregistered
