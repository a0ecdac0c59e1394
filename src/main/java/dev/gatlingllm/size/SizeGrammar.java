package dev.gatlingllm.size;

import dev.gatlingllm.input.InputException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of a {@link SizePhrase}. */
final class SizeGrammar {

  private static final String NUMBER = "(\\d{1,8}(?:\\.\\d{1,6})?)";
  private static final Pattern BOUNDS = Pattern.compile("(.*?),\\s*(\\d{1,8}) to (\\d{1,8})");
  private static final Pattern CONSTANT = Pattern.compile("(?:constant )?(\\d{1,8})");
  private static final Pattern UNIFORM = Pattern.compile("uniform (\\d{1,8}) to (\\d{1,8})");
  private static final Pattern NORMAL = form("normal mean N sd N");
  private static final Pattern BY_MEDIAN = form("lognormal median N p95 N");
  private static final Pattern BY_MEAN = form("lognormal mean N sd N");
  private static final Pattern RECORDED = Pattern.compile("(trace|run) (.+)");

  private SizeGrammar() {}

  private static Pattern form(String words) {
    return Pattern.compile(words.replace("N", NUMBER));
  }

  static SizePhrase parse(String phrase) {
    try {
      Matcher bounded = BOUNDS.matcher(phrase);
      Optional<SizePhrase> read =
          bounded.matches()
              ? bounded(bounded.group(1).strip(), bounds(bounded, 2))
              : unbounded(phrase).or(() -> bounded(phrase, Bounds.NONE));
      return read.orElseThrow(
          () -> new InputException("must be " + SizePhrase.ACCEPTED + ", was \"" + phrase + '"'));
    } catch (InputException e) {
      throw e.getMessage().startsWith("must be ")
          ? e
          : new InputException("cannot be \"" + phrase + "\": " + e.getMessage());
    }
  }

  private static Optional<SizePhrase> unbounded(String phrase) {
    Matcher constant = CONSTANT.matcher(phrase);
    if (constant.matches()) {
      return Optional.of(SizePhrase.constant(Integer.parseInt(constant.group(1))));
    }
    Matcher uniform = UNIFORM.matcher(phrase);
    return uniform.matches()
        ? Optional.of(new SizePhrase.Drawn(new Uniform(bounds(uniform, 1))))
        : Optional.empty();
  }

  private static Optional<SizePhrase> bounded(String phrase, Bounds bounds) {
    Matcher recorded = RECORDED.matcher(phrase);
    if (recorded.matches()) {
      SizePhrase.Kind kind =
          recorded.group(1).equals("trace") ? SizePhrase.Kind.TRACE : SizePhrase.Kind.RUN;
      return Optional.of(new SizePhrase.Recorded(kind, recorded.group(2).strip(), bounds));
    }
    return of(NORMAL, phrase, (mean, sd) -> Normal.ofMean(mean, sd, bounds))
        .or(() -> of(BY_MEDIAN, phrase, (median, p95) -> Normal.ofMedian(median, p95, bounds)))
        .or(() -> of(BY_MEAN, phrase, (mean, sd) -> Normal.ofMeanOfNumbers(mean, sd, bounds)));
  }

  private static Optional<SizePhrase> of(
      Pattern form, String phrase, BiFunction<Double, Double, TokenDistribution> make) {
    Matcher numbers = form.matcher(phrase);
    return numbers.matches()
        ? Optional.of(
            new SizePhrase.Drawn(
                make.apply(Double.valueOf(numbers.group(1)), Double.valueOf(numbers.group(2)))))
        : Optional.empty();
  }

  private static Bounds bounds(Matcher matcher, int group) {
    return new Bounds(
        Integer.parseInt(matcher.group(group)), Integer.parseInt(matcher.group(group + 1)));
  }
}
