// As the files that make them are called. What somebody made under another name is not known here, and is no hindrance there.
SHOW INDEXES YIELD name, owningConstraint
RETURN replace(name, '_', '-') + CASE WHEN owningConstraint IS NULL THEN '' ELSE '-is-unique' END AS name
