package dev.tocsin.engine.stream;

/// How scrapes settled since the process started, replay included.
///
/// @param elapsed scrapes whose settle time was over
/// @param newer scrapes whose source delivered a newer one before that
/// @param overflow scrapes, and series of sources, that there was no room to wait for
/// @param reload scrapes that waited when other settle times came
/// @param lateSamples samples that came when their scrape had settled
/// @param waitingSeries that wait now
/// @param sources that are known now
public record SettleStats(
    long elapsed,
    long newer,
    long overflow,
    long reload,
    long lateSamples,
    int waitingSeries,
    int sources) {
  public static final SettleStats NONE = new SettleStats(0, 0, 0, 0, 0, 0, 0);
}
