package dev.gatlingllm.provider.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * The time by which a service judges signatures. It is this machine's, until a refusal carries a
 * date that is four minutes or more away; from then on the difference is added, as the AWS SDKs do.
 * AWS refuses signatures that are five minutes off. Safe for use by many threads.
 */
final class ServiceClock implements InstantSource {

  private static final Duration SKEWED = Duration.ofMinutes(4);
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

  private final InstantSource machine;
  private volatile Duration difference = Duration.ZERO;

  ServiceClock(InstantSource machine) {
    this.machine = machine;
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(difference);
  }

  /** Time that stands still, as the SDK's signer wants it. */
  Clock now() {
    return Clock.fixed(instant(), ZoneOffset.UTC);
  }

  /**
   * A response came.
   *
   * @return whether the time has changed
   */
  boolean answered(int status, Optional<String> date) {
    Optional<Duration> shift =
        date.filter(unused -> REFUSALS.contains(status))
            .flatMap(ServiceClock::parsed)
            .filter(then -> isSkewed(Duration.between(instant(), then)))
            .map(then -> Duration.between(machine.instant(), then));
    shift.ifPresent(found -> difference = found);
    return shift.isPresent();
  }

  private static boolean isSkewed(Duration difference) {
    return difference.abs().compareTo(SKEWED) >= 0;
  }

  private static Optional<Instant> parsed(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException ignored) {
      // A proxy wrote something else: it says nothing about the time.
      return Optional.empty();
    }
  }
}
