package dev.gatlingllm.input;

import dev.gatlingllm.text.Figures;

/**
 * A file or setting that cannot be used. The message names the place, the field, what is accepted
 * and the value that was found, such as {@code feeders/x.jsonl line 7: expected_output_tokens must
 * be an integer >= 1, was "many"}. It never holds the text of a prompt.
 */
public final class InputException extends IllegalArgumentException {

  private static final int LONGEST_VALUE = 60;

  public InputException(String message) {
    super(message);
  }

  public static InputException of(String place, String field, String accepted, String value) {
    String shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
    return new InputException(
        Figures.fill("%s: %s must be %s, was %s", place, field, accepted, shown));
  }
}
