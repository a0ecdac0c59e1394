package dev.gatlingllm.report.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the times of exports: with an offset as they are, without one in a given zone.
 *
 * @param zone of times without an offset
 */
record MetricTime(ZoneId zone) {

  static final String ACCEPTED =
      "a time such as 2026-11-22T08:15:00Z, 2026-11-22 08:15 or 11/22/2026 8:15:00 AM";

  private static final List<DateTimeFormatter> FORMATS =
      List.of(iso('T'), iso(' '), american("M/d/uuuu h:mm[:ss] a"), american("M/d/uuuu H:mm[:ss]"));

  private static DateTimeFormatter iso(char separator) {
    return new DateTimeFormatterBuilder()
        .append(DateTimeFormatter.ISO_LOCAL_DATE)
        .appendLiteral(separator)
        .append(DateTimeFormatter.ISO_LOCAL_TIME)
        .optionalStart()
        .appendOffset("+HH:MM", "Z")
        .optionalEnd()
        .toFormatter(Locale.ROOT);
  }

  private static DateTimeFormatter american(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US);
  }

  /** The instant that a text means; empty if it is no time. */
  Optional<Instant> read(String text) {
    for (DateTimeFormatter format : FORMATS) {
      try {
        return Optional.of(instant(format.parse(text.strip())));
      } catch (DateTimeException ignored) {
        // perhaps it is the next format
      }
    }
    return Optional.empty();
  }

  private Instant instant(TemporalAccessor time) {
    return time.isSupported(ChronoField.OFFSET_SECONDS)
        ? Instant.from(time)
        : LocalDateTime.from(time).atZone(zone).toInstant();
  }
}
