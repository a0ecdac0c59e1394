package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.gatling.call.AnswerSchema;
import io.gatling.commons.validation.Success;
import io.gatling.commons.validation.Validation;
import io.gatling.core.check.Check;
import io.gatling.core.check.Check.Default;
import io.gatling.core.check.Extractor;
import io.gatling.core.check.Validator;
import io.gatling.core.session.Session;
import io.gatling.core.session.Session$;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import scala.Function1;

/**
 * Texts of failed checks, as rows of a report: few, and without a word of an answer or of a
 * session. Gatling's own texts quote the value found, the value of an expression, and the message
 * of whatever was thrown.
 */
final class CheckFailures {

  /** Of an answer that a check of JSON cannot read. */
  static final String NOT_JSON = AnswerSchema.NOT_JSON;

  private static final Session NOBODY = Session$.MODULE$.apply("", 0, null);

  /** Gatling shortens the packages of an exception to their first letters. */
  private static final Pattern EXCEPTION =
      Pattern.compile("(?:[a-z]\\w*\\.)*([A-Z]\\w*(?:Exception|Error))\\b(?::.*)?", Pattern.DOTALL);

  private static final Pattern NO_ATTRIBUTE =
      Pattern.compile(" crashed: No attribute named '([^']+)' is defined$");

  private final List<String> names;

  CheckFailures(List<Check<?>> checks) {
    this.names =
        checks.stream()
            .flatMap(check -> name(check).stream())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The name of a check whose name is the same for every user; empty for another. */
  private static Optional<String> name(Check<?> check) {
    if (!(check instanceof Default<?, ?, ?> plain)) {
      return Optional.empty();
    }
    if (plain.customName().isDefined()) {
      return Optional.of(plain.customName().get());
    }
    Optional<Extractor<?, ?>> extractor = of(plain.extractorExpression());
    Optional<Validator<?>> validator = of(plain.validatorExpression());
    return extractor.flatMap(
        what ->
            validator.map(expected -> what.name() + "." + what.arity() + "." + expected.name()));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> Optional<T> of(Function1 expression) {
    try {
      return (Object) ((Function1<Session, Validation<?>>) expression).apply(NOBODY)
              instanceof Success success
          ? Optional.of((T) success.value())
          : Optional.empty();
    } catch (RuntimeException needsASession) {
      return Optional.empty();
    }
  }

  /** The text of a failed check, made from Gatling's. */
  String text(String message) {
    for (String name : names) {
      if (message.startsWith(name)) {
        return name + reason(message.substring(name.length()));
      }
    }
    Matcher attribute = NO_ATTRIBUTE.matcher(message);
    return attribute.find()
        ? kind(message) + ": no attribute named '" + attribute.group(1) + "'"
        : kind(message) + "(…)" + reason(message);
  }

  /** What is checked, such as {@code regex}: all before the values. */
  private static String kind(String message) {
    Matcher word = Pattern.compile("\\w+").matcher(message);
    String first = word.lookingAt() ? word.group() : "Check";
    return first.equals("Check") ? "a check" : first;
  }

  private static String reason(String rest) {
    if (rest.contains(NOT_JSON)) {
      return ": " + NOT_JSON;
    }
    int broken = rest.indexOf(AnswerSchema.BROKEN_AT);
    if (broken >= 0) {
      return ": " + rest.substring(broken);
    }
    if (rest.endsWith(", found nothing") || rest.startsWith(", can't compare nothing")) {
      return ": found nothing";
    }
    int crash = rest.indexOf(" crashed: ");
    String thrown = crash >= 0 ? rest.substring(crash + 10) : withoutComma(rest);
    Matcher exception = EXCEPTION.matcher(thrown);
    if (exception.matches()) {
      return ": " + exception.group(1);
    }
    return crash >= 0 ? ": cannot be evaluated" : "";
  }

  private static String withoutComma(String rest) {
    return rest.startsWith(", ") ? rest.substring(2) : rest;
  }
}
