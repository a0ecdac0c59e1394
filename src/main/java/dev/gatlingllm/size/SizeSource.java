package dev.gatlingllm.size;

import dev.gatlingllm.input.InputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleToIntFunction;

/**
 * The sizes of the calls of one shape. Immutable.
 *
 * @param draw input and output for two shares from 0, below 1
 * @param leastInput the least input that it gives
 * @param mostOutput the most output that it gives
 * @param constant whether all calls have one size
 * @param words for readers, such as {@code 500/500 tokens}
 */
public record SizeSource(
    Draw draw, int leastInput, int mostOutput, boolean constant, String words) {

  /** Turns uniformly drawn shares into a size. */
  public interface Draw {
    CallSize of(String shape, double first, double second);
  }

  private record Side(
      DoubleToIntFunction at, int least, int most, boolean constant, String words) {}

  /**
   * The sizes that phrases describe.
   *
   * @param output empty for the outputs of the same recorded calls as the inputs
   * @throws InputException naming the file, if recorded calls cannot be read
   */
  public static SizeSource of(SizePhrase input, Optional<SizePhrase> output) {
    if (input instanceof SizePhrase.Recorded recorded) {
      if (output.isEmpty()) {
        return together(recorded, Bounds.NONE);
      }
      if (output.get() instanceof SizePhrase.Recorded other && recorded.ofSameCalls(other)) {
        return together(recorded, other.bounds());
      }
    }
    return apart(side(input, true), side(output.orElseThrow(), false));
  }

  private static SizeSource together(SizePhrase.Recorded recorded, Bounds output) {
    RecordedSizes sizes = RecordedSizes.read(recorded, recorded.bounds(), output);
    return new SizeSource(
        (shape, first, second) -> {
          int place = sizes.place(first);
          return new CallSize(shape, sizes.inputs()[place], sizes.outputs()[place]);
        },
        Arrays.stream(sizes.inputs()).min().orElseThrow(),
        Arrays.stream(sizes.outputs()).max().orElseThrow(),
        false,
        "input and output tokens " + sizes.words());
  }

  private static SizeSource apart(Side input, Side output) {
    String words =
        input.constant && output.constant
            ? input.words + "/" + output.words + " tokens"
            : input.words + " input tokens and " + output.words + " output tokens";
    return new SizeSource(
        (shape, first, second) ->
            new CallSize(shape, input.at.applyAsInt(first), output.at.applyAsInt(second)),
        input.least,
        output.most,
        input.constant && output.constant,
        words);
  }

  private static Side side(SizePhrase phrase, boolean input) {
    if (phrase instanceof SizePhrase.Drawn drawn) {
      TokenDistribution distribution = drawn.distribution();
      return new Side(
          distribution::at,
          distribution.least(),
          distribution.most(),
          distribution instanceof Constant,
          distribution.words());
    }
    SizePhrase.Recorded recorded = (SizePhrase.Recorded) phrase;
    RecordedSizes sizes =
        RecordedSizes.read(
            recorded,
            input ? recorded.bounds() : Bounds.NONE,
            input ? Bounds.NONE : recorded.bounds());
    int[] numbers = input ? sizes.inputs() : sizes.outputs();
    return new Side(
        share -> numbers[sizes.place(share)],
        Arrays.stream(numbers).min().orElseThrow(),
        Arrays.stream(numbers).max().orElseThrow(),
        false,
        sizes.words());
  }
}
