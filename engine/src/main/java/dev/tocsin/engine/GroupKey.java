package dev.tocsin.engine;

/// Names a group: in a file names are unique.
record GroupKey(String file, String name) {}
