package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.log.Output;
import dev.gatlingllm.run.Run;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns that Gatling gave the run up, such as over a feeder without rows or a hook of the
 * simulation that threw. Gatling logs it, ends its actors as after any load, and then throws: only
 * the log is there in time, and whoever started Gatling may catch what it throws.
 */
final class GatlingCrash {

  private static final String LOGGER = "io.gatling.app.Gatling$";

  private static final Pattern PLACE =
      Pattern.compile("\\(hint: ([\\w.$<>]+\\([\\w$]+\\.\\w+:\\d+\\))\\)");

  private GatlingCrash() {}

  /** Tells the run of the crash, if one comes. */
  static void watch(Run run) {
    Output.onError(LOGGER, cause -> run.crashed(sentence(cause)));
  }

  /**
   * What happened, a sentence without the message of an exception, which may quote a user's data.
   */
  static String sentence(Throwable cause) {
    if (isAsked(cause)) {
      return "The simulation asked for it (crashLoadGenerator).";
    }
    return isOf(cause, "io.gatling.core.action.FeedActor") ? ofFeeder(cause) : ofCode(cause);
  }

  /** The exception of Gatling's own action says nothing that the simulation did not. */
  private static boolean isAsked(Throwable cause) {
    return String.valueOf(cause.getMessage()).startsWith("Load Generator was forcefully crashed");
  }

  private static String ofFeeder(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    Matcher hint = PLACE.matcher(message);
    String place = hint.find() ? " at " + hint.group(1) : "";
    return message.contains("feeder is now empty")
        ? "A feeder has no more rows"
            + place
            + ": give it more, or let it start again with .circular()."
        : "A feeder failed" + place + ".";
  }

  private static String ofCode(Throwable cause) {
    return named(cause)
        + place(cause).map(frame -> " was thrown at " + frame).orElse(" was thrown")
        + ".";
  }

  private static String named(Throwable cause) {
    String name = cause.getClass().getName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The nearest place in code that is neither the JDK's nor Gatling's or its threads'. */
  private static Optional<String> place(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .filter(
            frame ->
                !frame.getClassName().matches("(java|jdk|sun|scala|io\\.gatling|io\\.netty)\\..*"))
        .findFirst()
        .map(
            frame ->
                frame.getClassName()
                    + "("
                    + frame.getFileName()
                    + ":"
                    + frame.getLineNumber()
                    + ")");
  }

  private static boolean isOf(Throwable cause, String outer) {
    return cause.getClass().getName().startsWith(outer);
  }
}
