package dev.gatlingllm.experiment.batch;

import dev.gatlingllm.input.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One workload of a batch, written as {@code context-max-rate}, such as {@code 500-100-20}, or with
 * a file of conversations in place of the context tokens: {@code messages.json-100-7.5}.
 *
 * @param name as it was written
 * @param contextTokens size of the prompts; absent if they come from a file
 * @param file the file of conversations; empty if the prompts are made
 * @param maxTokens upper bound of the output
 * @param rpm calls per minute; absent for as many as the clients make
 */
public record BatchWorkload(
    String name, OptionalInt contextTokens, String file, int maxTokens, OptionalDouble rpm) {

  private static final String FORM = "context-max-rate, such as 500-100-20 or file.json-100-none";

  /**
   * Reads a list of workloads, separated by commas.
   *
   * @throws InputException naming the workload that is not of that form
   */
  public static List<BatchWorkload> parse(String list) {
    List<BatchWorkload> workloads = new ArrayList<>();
    for (String text : list.split(",", -1)) {
      workloads.add(one(text.strip()));
    }
    return List.copyOf(workloads);
  }

  private static BatchWorkload one(String text) {
    int rateAt = text.lastIndexOf('-');
    int maxAt = text.lastIndexOf('-', rateAt - 1);
    if (maxAt < 1) {
      throw wrong(text);
    }
    String first = text.substring(0, maxAt);
    boolean made = first.matches("\\d+");
    return new BatchWorkload(
        text,
        made ? OptionalInt.of(whole(first, text)) : OptionalInt.empty(),
        made ? "" : first,
        whole(text.substring(maxAt + 1, rateAt), text),
        rate(text.substring(rateAt + 1), text));
  }

  private static OptionalDouble rate(String rate, String text) {
    if (rate.equals("none")) {
      return OptionalDouble.empty();
    }
    if (!rate.matches("\\d{1,9}(\\.\\d{1,9})?") || !(Double.parseDouble(rate) > 0)) {
      throw wrong(text);
    }
    return OptionalDouble.of(Double.parseDouble(rate));
  }

  private static int whole(String number, String text) {
    if (!number.matches("[1-9]\\d{0,8}")) {
      throw wrong(text);
    }
    return Integer.parseInt(number);
  }

  private static InputException wrong(String text) {
    return new InputException("a workload must be " + FORM + ", was \"" + text + '"');
  }
}
