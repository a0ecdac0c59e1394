package dev.gatlingllm.text;

/** Numbers of things, in words that agree with the number. */
public final class Count {

  private Count() {}

  /**
   * A number of things: {@code 1 call}, {@code 2 calls}.
   *
   * @param noun its plural must end in a plain s
   */
  public static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** As {@link #of}, with the verb: {@code 1 call was}, {@code 2 calls were}. */
  public static String was(long number, String noun) {
    return of(number, noun) + (number == 1 ? " was" : " were");
  }
}
