package dev.tocsin.world.real.http;

/// What the connections of all listeners together may hold; the heap has 48 MiB.
///
/// @param heads bytes of heads beyond the first KiB; beyond it 503
/// @param bodies bytes of bodies as they come; beyond it 503
/// @param replies bytes of large answers that wait for their readers; beyond it 503. A peer that
///   asks and does not read must not fill the heap
record Budgets(ByteBudget heads, ByteBudget bodies, ByteBudget replies) {
  private static final long HEAD_BYTES_MAX = 4L << 20;
  private static final long BODY_BYTES_MAX = 16L << 20;
  private static final long REPLY_BYTES_MAX = 8L << 20;

  Budgets() {
    this(
        new ByteBudget(HEAD_BYTES_MAX),
        new ByteBudget(BODY_BYTES_MAX),
        new ByteBudget(REPLY_BYTES_MAX));
  }
}
