package dev.gatlingllm.health;

/**
 * One figure of the client's health and what it means.
 *
 * @param check what was looked at
 * @param value in the unit of the check
 * @param level what follows for the run
 * @param limit the limit that was exceeded, or the first one if none was
 * @param text a sentence, worth printing if the level is not {@link Trust#TRUSTED}
 */
public record Finding(HealthCheck check, double value, Trust level, double limit, String text) {

  /** The same finding with this sentence added; unchanged if it is empty. */
  Finding with(String addition) {
    return addition.isEmpty()
        ? this
        : new Finding(check, value, level, limit, text + " " + addition);
  }

  /** How many times the limit it is; infinite where nothing at all is allowed. */
  double excess() {
    return value / limit;
  }
}
