package dev.gatlingllm.gatling.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.gatling.call.AnswerSchema;
import dev.gatlingllm.gatling.call.LlmCheckType;
import dev.gatlingllm.gatling.call.LlmResponse;
import dev.gatlingllm.secret.Redaction;
import io.gatling.commons.validation.Failure;
import io.gatling.commons.validation.Success;
import io.gatling.commons.validation.Validation;
import io.gatling.core.check.Check;
import io.gatling.core.check.Check$;
import io.gatling.core.check.CheckMaterializer;
import io.gatling.core.check.Extractor;
import io.gatling.core.check.FindExtractor;
import io.gatling.core.json.JsonParsers;
import io.gatling.core.session.Session;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.internal.Converters;
import io.gatling.javaapi.core.internal.CoreCheckType;
import io.gatling.javaapi.core.internal.Expressions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import scala.Function1;
import scala.Option;
import scala.Tuple2;

/** Turns check builders into checks of a response, and runs them. */
public final class LlmChecks {

  private static final JsonParsers JSON = new JsonParsers();

  private final scala.collection.immutable.List<Check<LlmResponse>> checks;
  private final CheckFailures failures;

  LlmChecks(List<CheckBuilder> builders) {
    List<Check<LlmResponse>> made = builders.stream().map(LlmChecks::materialize).toList();
    this.checks = Converters.toScalaSeq(made).toList();
    this.failures = new CheckFailures(List.copyOf(made));
  }

  /**
   * The session after the checks, and which of them failed first.
   *
   * @param failure the check and our words for why, never those of an answer or an exception
   */
  record Verdict(Session session, Optional<String> failure) {}

  Verdict run(LlmResponse response, Session session) {
    Tuple2<Session, Option<Failure>> result = Check$.MODULE$.check(response, session, checks);
    Option<Failure> failure = result._2();
    return new Verdict(
        result._1(),
        failure.isDefined()
            ? Optional.of(Redaction.line(failures.text(failure.get().message())))
            : Optional.empty());
  }

  /** A check of something measured or told; absent where the call has none. */
  public static <T> CheckBuilder.Find<T> measure(
      String name, Class<T> type, Function<LlmResponse, Optional<T>> value) {
    Function1<LlmResponse, Validation<Option<T>>> extract =
        response -> new Success<>(Option.apply(value.apply(response).orElse(null)));
    return find(name, type, extract);
  }

  private static <T> CheckBuilder.Find<T> find(
      String name, Class<T> type, Function1<LlmResponse, Validation<Option<T>>> extract) {
    Extractor<LlmResponse, T> extractor = new FindExtractor<>(name, extract);
    return new CheckBuilder.Find.Default<LlmCheckType, LlmResponse, T, T>(
        new io.gatling.core.check.CheckBuilder$Find$Default<>(
            Expressions.toStaticValueExpression(extractor), true),
        LlmCheckType.MEASURE,
        type,
        Function.identity());
  }

  /** A check that an answer is valid by a schema; its failure says where it is not. */
  public static CheckBuilder schema(AnswerSchema schema) {
    Function1<LlmResponse, Validation<Option<String>>> extract =
        response -> {
          Optional<String> violation = schema.violation(response.text());
          return violation.isPresent()
              ? failed(violation.get())
              : new Success<>(Option.apply("valid"));
        };
    return find("answerSchema", String.class, extract).exists();
  }

  // A failure holds no value, so it is one of every type.
  @SuppressWarnings("unchecked")
  private static <T> Validation<T> failed(String why) {
    return (Validation<T>) (Validation<?>) new Failure(why);
  }

  /**
   * Refuses what the text of an answer cannot be checked with.
   *
   * @throws IllegalArgumentException naming the type of the check and those accepted
   */
  static void refuseUnsupported(List<CheckBuilder> builders) {
    builders.forEach(LlmChecks::materializer);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Check<LlmResponse> materialize(CheckBuilder builder) {
    io.gatling.core.check.CheckBuilder scalaBuilder = builder.asScala();
    return (Check<LlmResponse>) scalaBuilder.build(materializer(builder));
  }

  private static CheckMaterializer<?, Check<LlmResponse>, LlmResponse, ?> materializer(
      CheckBuilder builder) {
    CheckBuilder.CheckType type = builder.type();
    if (type == LlmCheckType.MEASURE) {
      return new Prepared<LlmResponse>(Success::new);
    }
    if (type == CoreCheckType.BodyString
        || type == CoreCheckType.Regex
        || type == CoreCheckType.Substring) {
      return new Prepared<String>(response -> new Success<>(response.text()));
    }
    if (type == CoreCheckType.BodyLength) {
      return new Prepared<Integer>(response -> new Success<>(response.text().length()));
    }
    if (type == CoreCheckType.JsonPath || type == CoreCheckType.JmesPath) {
      return new Prepared<JsonNode>(LlmChecks::json);
    }
    throw new IllegalArgumentException(
        "check must be one of answer, answerSchema, toolCall, bodyString, bodyLength, regex, substring, jsonPath,"
            + " jmesPath, ttft, tokensPerSecond, outputTokens, finishReason, was "
            + type);
  }

  /** The message of the parser would quote the answer. */
  private static Validation<JsonNode> json(LlmResponse response) {
    return JSON.safeParse(response.text()).mapFailure(message -> CheckFailures.NOT_JSON);
  }

  /** Gets what a check looks at out of the response. */
  private static final class Prepared<P>
      extends CheckMaterializer<Object, Check<LlmResponse>, LlmResponse, P> {

    private final Function1<LlmResponse, Validation<P>> preparer;

    Prepared(Function1<LlmResponse, Validation<P>> preparer) {
      super(check -> check);
      this.preparer = preparer;
    }

    @Override
    public Function1<LlmResponse, Validation<P>> preparer() {
      return preparer;
    }
  }
}
