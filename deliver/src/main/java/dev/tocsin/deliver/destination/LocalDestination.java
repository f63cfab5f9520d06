package dev.tocsin.deliver.destination;

/// A destination within this process, told by a plain call that cannot fail.
public non-sealed interface LocalDestination extends Destination {
  /// On the outbox's thread; must not block.
  void tell(Notice notice);
}
