package dev.tocsin.pipeline.accounting;

/// What the journal decided about a transaction.
enum Fate {
  OPEN,
  DURABLE,
  UNDURABLE
}
