package dev.gatlingllm.text;

/** {@code min} as a unit of time, which HOCON does not have. */
public final class MinuteWord {

  private MinuteWord() {}

  /** The duration as HOCON writes it: {@code 10 min} as {@code 10 minutes}, others as they are. */
  public static String inHocon(String duration) {
    return duration.strip().replaceFirst("(?<=[\\d ])min$", "minutes");
  }
}
