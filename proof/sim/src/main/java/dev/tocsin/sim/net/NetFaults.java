package dev.tocsin.sim.net;

/// What a message may meet on its way. `oneIn` is how seldom; 0: never.
///
/// @param delayNanosMin of one direction
/// @param loseRequestOneIn the request never arrives; its sender hears nothing
/// @param loseAnswerOneIn the request arrives, its answer does not
/// @param breakRequestOneIn the request breaks off within its body
public record NetFaults(
    long delayNanosMin,
    long delayNanosMax,
    int loseRequestOneIn,
    int loseAnswerOneIn,
    int breakRequestOneIn) {
  /// 50 us to 1 ms, and nothing goes wrong.
  public static final NetFaults NONE = new NetFaults(50_000, 1_000_000, 0, 0, 0);

  /// Up to half a second, and one message in ten comes to harm.
  public static final NetFaults BAD = new NetFaults(50_000, 500_000_000, 20, 20, 20);
}
