package dev.tocsin.bench.contract.reference;

/// Mistakes that can be planted in the simulation, to see that the comparison finds them.
public enum Planted {
  /// The alert fires one slot later than `for` says.
  FOR_ONE_SLOT_LATE,
  /// `for` counts from one slot earlier.
  FOR_ONE_SLOT_EARLY,
  /// `keep_firing_for` does nothing.
  KEEP_FIRING_IGNORED,
  /// `keep_firing_for` lasts one millisecond longer.
  KEEP_FIRING_TOO_LONG,
  /// No stale markers for series that a rule no longer gives.
  NO_STALE_MARKER,
  /// No stale markers for the series of rules that are gone.
  NO_STALE_MARKER_OF_GONE,
  /// An alert is active since the time of the query.
  ACTIVE_AT_QUERY_TIME,
  /// One more than `limit` is allowed.
  LIMIT_OFF_BY_ONE,
  /// A rule that exceeds its limit keeps its alerts.
  LIMIT_KEEPS_ALERTS,
  /// The rules of a group are evaluated from the last to the first.
  RULES_IN_REVERSE,
  /// Rules of a group do not see what those before them wrote at this slot.
  RULES_UNSEEN,
  /// A resolved alert is told once more at the next slot.
  RESOLVED_TOLD_TWICE,
  /// A resolved alert is forgotten at once.
  RESOLVED_NOT_KEPT,
  /// An alert is told again when the delay has passed, not after.
  RESENT_TOO_EARLY,
  /// `query_offset` is ignored.
  OFFSET_IGNORED,
  /// Two results with the same identity are one.
  SAME_IDENTITY_ALLOWED,
  /// A reload forgets the alerts of a changed group.
  RELOAD_FORGETS,
  /// A reload pairs rules by their place.
  RELOAD_PAIRS_BY_PLACE,
  /// A raised `for` changes nothing of what fires.
  RAISED_FOR_IGNORED,
  /// The value and the annotations of a firing alert stay those of its first evaluation.
  VALUE_FROZEN,
  /// A failing query resolves the alerts.
  ERROR_RESOLVES,
  /// The metric name stays in the identity.
  NAME_KEPT,
  /// Alerts are not held after a restart.
  NO_HOLD,
  /// The slots of an outage are caught up with.
  SLOTS_CAUGHT_UP,
  /// A sample that is not newer is taken all the same, a millisecond after the last.
  LATE_SAMPLES_TAKEN
}
