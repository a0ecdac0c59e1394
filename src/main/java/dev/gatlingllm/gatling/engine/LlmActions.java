package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.gatling.call.ExpressionException;
import io.gatling.commons.validation.Validation;
import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.internal.Expressions;
import java.util.List;
import java.util.function.Function;
import scala.Function1;

/** What the builders of the DSL need of Gatling's Scala side. */
public final class LlmActions {

  private LlmActions() {}

  /** A Gatling Expression Language String as a function. */
  public static Function<Session, String> el(String expression) {
    return worded(expression, "", function(Expressions.toStringExpression(expression)));
  }

  /** A Gatling Expression Language String of a whole number as a function. */
  public static Function<Session, Integer> intEl(String expression) {
    Function<Session, Object> boxed = function(Expressions.toIntExpression(expression));
    return worded(expression, "a whole number", session -> (Integer) boxed.apply(session));
  }

  /** A Gatling Expression Language String of a number as a function. */
  public static Function<Session, Double> doubleEl(String expression) {
    Function<Session, String> text = function(Expressions.toStringExpression(expression));
    return worded(expression, "a number", session -> Double.valueOf(text.apply(session)));
  }

  private static <T> Function<Session, T> function(
      Function1<io.gatling.core.session.Session, Validation<T>> expression) {
    return Expressions.expressionToJavaFunction(expression);
  }

  /** Gatling's own texts quote values. */
  private static <T> Function<Session, T> worded(
      String expression, String wanted, Function<Session, T> value) {
    return session -> {
      try {
        return value.apply(session);
      } catch (RuntimeException e) {
        throw new ExpressionException(expression, wanted, e);
      }
    };
  }

  /**
   * Refuses checks that do not apply to a model's answer.
   *
   * @throws IllegalArgumentException naming the check and those accepted
   */
  public static void refuseUnsupported(List<CheckBuilder> checks) {
    LlmChecks.refuseUnsupported(checks);
  }

  /** Gatling's builder of the action that makes these calls. */
  public static ActionBuilder builder(CallTemplate template) {
    return new ActionBuilder() {
      @Override
      public Action build(ScenarioContext context, Action next) {
        LlmComponents components =
            context.protocolComponentsRegistry().components(LlmComponents.KEY);
        return new LlmAction(
            components,
            context,
            template,
            new LlmChecks(template.checks()),
            template
                .over()
                .map(
                    over ->
                        new HttpCalls(
                            over,
                            context,
                            components.run().clock().clock(),
                            components.records(),
                            components.config().timeout().connect(),
                            components.config().limit())),
            next);
      }
    };
  }
}
