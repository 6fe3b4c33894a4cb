"""SOQL: text to tree, tree to answer."""
