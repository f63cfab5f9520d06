package dev.tocsin.rules.template;

import dev.tocsin.rules.template.value.GoDuration;
import dev.tocsin.rules.template.value.GoTime;
import dev.tocsin.rules.template.value.GoValue;
import dev.tocsin.rules.template.value.IntType;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The methods of moments and spans of time. All moments are in UTC; other zones are not known.
final class Methods {
  private Methods() {}

  static Optional<Function> of(GoValue subject, String name) {
    return switch (subject) {
      case GoValue.Moment(GoTime time) -> ofMoment(time, name);
      case GoValue.Span(GoDuration duration) -> ofSpan(duration, name);
      case GoValue.Month month ->
          name.equals("String") ? value(new GoValue.Str(month.name())) : Optional.empty();
      case GoValue.Weekday day ->
          name.equals("String") ? value(new GoValue.Str(day.name())) : Optional.empty();
      case GoValue.Nil _,
          GoValue.Bool _,
          GoValue.Int _,
          GoValue.Real _,
          GoValue.Str _,
          GoValue.Html _,
          GoValue.LabelMap _,
          GoValue.AnyMap _,
          GoValue.Sample _,
          GoValue.Samples _,
          GoValue.Root _,
          GoValue.Histogram _ ->
          Optional.empty();
    };
  }

  static GoValue span(long nanos) {
    return new GoValue.Span(new GoDuration(nanos));
  }

  private static Optional<Function> ofMoment(GoTime time, String name) {
    OffsetDateTime utc = time.utc();
    return switch (name) {
      case "String" -> value(new GoValue.Str(time.toString()));
      case "Unix" -> int64(time.instant().getEpochSecond());
      case "UnixMilli" -> int64(sinceEpoch(time, 1000));
      case "UnixMicro" -> int64(sinceEpoch(time, 1_000_000));
      case "UnixNano" -> int64(sinceEpoch(time, 1_000_000_000));
      case "Year" -> value(GoValue.Int.of(utc.getYear()));
      case "Month" -> value(new GoValue.Month(utc.getMonthValue()));
      case "Day" -> value(GoValue.Int.of(utc.getDayOfMonth()));
      case "Weekday" -> value(new GoValue.Weekday(utc.getDayOfWeek().getValue() % 7));
      case "YearDay" -> value(GoValue.Int.of(utc.getDayOfYear()));
      case "Hour" -> value(GoValue.Int.of(utc.getHour()));
      case "Minute" -> value(GoValue.Int.of(utc.getMinute()));
      case "Second" -> value(GoValue.Int.of(utc.getSecond()));
      case "Nanosecond" -> value(GoValue.Int.of(utc.getNano()));
      case "UTC" -> value(new GoValue.Moment(time));
      case "IsZero" -> value(new GoValue.Bool(time.instant().getEpochSecond() == -62_135_596_800L));
      default -> ofMomentAndMore(time, name);
    };
  }

  private static Optional<Function> ofMomentAndMore(GoTime time, String name) {
    return switch (name) {
      case "Format" ->
          function(given -> new GoValue.Str(time.format(Take.string(given, 0))), Type.STRING);
      case "Add" -> function(given -> moment(time.add(Take.span(given, 0))), Type.SPAN);
      case "Sub" ->
          function(given -> new GoValue.Span(time.sub(Take.moment(given, 0))), Type.MOMENT);
      case "Truncate" -> function(given -> moment(time.truncate(Take.span(given, 0))), Type.SPAN);
      case "Round" -> function(given -> moment(time.round(Take.span(given, 0))), Type.SPAN);
      case "Before" -> function(given -> compared(time, given, -1), Type.MOMENT);
      case "After" -> function(given -> compared(time, given, 1), Type.MOMENT);
      case "Equal" -> function(given -> compared(time, given, 0), Type.MOMENT);
      case "AddDate" -> function(given -> addDate(time, given), Type.INT, Type.INT, Type.INT);
      default -> Optional.empty();
    };
  }

  private static GoValue addDate(GoTime time, List<GoValue> given) {
    return time.addDate(Take.integer(given, 0), Take.integer(given, 1), Take.integer(given, 2))
        .map(Methods::moment)
        .orElseThrow(() -> new CallFailure("the date is out of range"));
  }

  private static GoValue compared(GoTime time, List<GoValue> given, int sign) {
    int order = Integer.signum(time.instant().compareTo(Take.moment(given, 0).instant()));
    return new GoValue.Bool(order == sign);
  }

  private static GoValue moment(GoTime time) {
    return new GoValue.Moment(time);
  }

  private static long sinceEpoch(GoTime time, long perSecond) {
    // Wraps around where it does not fit, as in Go.
    return time.instant().getEpochSecond() * perSecond
        + time.utc().getNano() / (1_000_000_000L / perSecond);
  }

  private static Optional<Function> ofSpan(GoDuration duration, String name) {
    return switch (name) {
      case "String" -> value(new GoValue.Str(duration.toString()));
      case "Hours" -> value(new GoValue.Real(duration.hours()));
      case "Minutes" -> value(new GoValue.Real(duration.minutes()));
      case "Seconds" -> value(new GoValue.Real(duration.seconds()));
      case "Milliseconds" -> int64(duration.nanos() / 1_000_000);
      case "Microseconds" -> int64(duration.nanos() / 1000);
      case "Nanoseconds" -> int64(duration.nanos());
      case "Abs" -> value(new GoValue.Span(duration.abs()));
      case "Round" ->
          function(given -> new GoValue.Span(duration.round(Take.span(given, 0))), Type.SPAN);
      case "Truncate" ->
          function(given -> new GoValue.Span(duration.truncate(Take.span(given, 0))), Type.SPAN);
      default -> Optional.empty();
    };
  }

  private static Optional<Function> value(GoValue value) {
    return function(_ -> value);
  }

  private static Optional<Function> int64(long value) {
    return value(new GoValue.Int(value, IntType.INT64));
  }

  private interface Body {
    GoValue call(List<GoValue> given);
  }

  private static Optional<Function> function(Body body, Type... types) {
    return Optional.of(Function.of((_, given) -> body.call(given), types));
  }
}
