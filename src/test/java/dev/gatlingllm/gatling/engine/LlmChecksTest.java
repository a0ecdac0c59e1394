package dev.gatlingllm.gatling.engine;

import static dev.gatlingllm.stats.CallFixture.call;
import static io.gatling.javaapi.core.CoreDsl.bodyLength;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.jmesPath;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.core.CoreDsl.xpath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.gatling.call.LlmResponse;
import io.gatling.core.session.Session;
import io.gatling.core.session.Session$;
import io.gatling.javaapi.core.CheckBuilder;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LlmChecksTest {

  private static final Session USER =
      Session$.MODULE$.apply("played", 0, new EmbeddedChannel().eventLoop());

  @BeforeAll
  static void dsl() {
    var unused = GatlingDefaults.use();
  }

  private static LlmChecks.Verdict run(String answer, CheckBuilder... checks) {
    return new LlmChecks(List.of(checks)).run(new LlmResponse(answer, call().record()), USER);
  }

  private static Optional<String> failure(String answer, CheckBuilder... checks) {
    return run(answer, checks).failure();
  }

  @Test
  void gatlingsBodyChecksLookAtTheTextOfTheAnswer() {
    String answer = "{\"city\": \"Paris\"}";
    assertThat(
            failure(
                answer,
                bodyString().is(answer),
                bodyLength().is(answer.length()),
                substring("Paris"),
                regex("P\\w+s"),
                jsonPath("$.city").is("Paris"),
                jmesPath("city").is("Paris")))
        .isEmpty();
  }

  @Test
  void theFirstCheckThatDoesNotHoldIsTheFailure() {
    assertThat(failure("London", substring("Paris"), substring("Rome")))
        .hasValueSatisfying(text -> assertThat(text).contains("Paris").doesNotContain("Rome"));
  }

  @Test
  void anAnswerThatIsNoJsonFailsAJsonCheck() {
    assertThat(failure("not json", jsonPath("$.city"))).isPresent();
  }

  @Test
  void whatACheckSavesIsInTheSession() {
    Session after = run("It is Paris.", regex("is (\\w+)").saveAs("city")).session();
    assertThat(after.attributes().get("city").get()).isEqualTo("Paris");
  }

  @Test
  void aMeasureIsCheckedAndOneThatTheCallDoesNotHaveFails() {
    CheckBuilder.Find<Double> ttft =
        LlmChecks.measure("ttft", Double.class, response -> Optional.of(250.0));
    CheckBuilder.Find<Double> none =
        LlmChecks.measure("ttft", Double.class, response -> Optional.empty());

    assertThat(failure("x", ttft.lt(300.0))).isEmpty();
    assertThat(failure("x", ttft.lt(200.0))).hasValue("ttft.find.lessThan(200.0)");
    assertThat(failure("x", none.lt(300.0))).isPresent();
    assertThat(failure("x", none.notExists())).isEmpty();
  }

  @Test
  void aCheckThatTextsCannotHaveIsRefusedWithThoseThatTheyCan() {
    assertThatThrownBy(() -> LlmChecks.refuseUnsupported(List.of(xpath("//city"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("check must be one of answer, answerSchema, toolCall, bodyString, ")
        .hasMessageEndingWith("was XPath");
  }
}
