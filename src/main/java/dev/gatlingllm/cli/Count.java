package dev.gatlingllm.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of an option that counts: a whole number of at least 1. */
class Count implements ITypeConverter<Integer> {

  private final int least;

  Count() {
    this(1);
  }

  private Count(int least) {
    this.least = least;
  }

  @Override
  public Integer convert(String text) {
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least) {
      throw new TypeConversionException(
          "must be a whole number of at least " + least + ", was \"" + text + '"');
    }
    return Integer.valueOf(text);
  }

  /** A count that may be 0. */
  static final class FromZero extends Count {
    FromZero() {
      super(0);
    }
  }
}
