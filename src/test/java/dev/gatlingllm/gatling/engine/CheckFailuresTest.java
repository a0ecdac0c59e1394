package dev.gatlingllm.gatling.engine;

import static dev.gatlingllm.stats.CallFixture.call;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.jmesPath;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.gatling.call.LlmResponse;
import io.gatling.core.session.Session;
import io.gatling.core.session.Session$;
import io.gatling.javaapi.core.CheckBuilder;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CheckFailuresTest {

  private static final Session USER =
      Session$.MODULE$
          .apply("played", 0, new EmbeddedChannel().eventLoop())
          .set("expected", "PRIVATE");

  @BeforeAll
  static void dsl() {
    var unused = GatlingDefaults.use();
  }

  private static String failure(String answer, CheckBuilder check) {
    return new LlmChecks(List.of(check))
        .run(new LlmResponse(answer, call().record()), USER)
        .failure()
        .orElseThrow();
  }

  @Test
  void answersThatAreNotJsonAreOneKindWhateverTheySay() {
    CheckBuilder city = jsonPath("$.city").exists();

    assertThat(List.of("Rome it is", "{Paris", "", "[1,"))
        .extracting(answer -> failure(answer, city))
        .containsOnly("jsonPath($.city).find.exists: the answer is not JSON");
    assertThat(failure("Rome", jmesPath("city").is("Oslo")))
        .isEqualTo("jmesPath(city).find.is(Oslo): the answer is not JSON");
  }

  @Test
  void theValueThatWasFoundIsNotInTheText() {
    assertThat(failure("It is Rome.", regex("is (\\w+)").is("Oslo")))
        .isEqualTo("regex(is (\\w+)).find.is(Oslo)");
    assertThat(failure("It is Rome.", regex("\\w+").findAll().is(List.of("Oslo"))))
        .isEqualTo("regex(\\w+).findAll.is([Oslo])");
    assertThat(failure("It is Rome.", regex("R\\w+").notExists()))
        .isEqualTo("regex(R\\w+).find.notExists");
    assertThat(failure("{\"a\": \"Rome\"}", jsonPath("$.a").is("Oslo, found Bergen")))
        .isEqualTo("jsonPath($.a).find.is(Oslo, found Bergen)");
    assertThat(
            failure("x", LlmChecks.measure("ttft", Double.class, r -> Optional.of(250.0)).lt(3.0)))
        .isEqualTo("ttft.find.lessThan(3.0)");
  }

  @Test
  void aValueOfTheSessionIsNotInTheText() {
    assertThat(failure("It is Rome.", bodyString().isEL("#{expected}"))).isEqualTo("bodyString(…)");
    assertThat(failure("It is Rome.", substring("#{expected}")))
        .isEqualTo("substring(…): found nothing");
    assertThat(failure("It is Rome.", regex("(\\w+)").is(user -> user.getString("expected"))))
        .isEqualTo("regex(…)");
  }

  @Test
  void ofWhatWasThrownOnlyTheClassIsInTheText() {
    assertThat(
            failure(
                "Rome",
                bodyString()
                    .transform(
                        answer -> {
                          throw new IllegalStateException("not " + answer);
                        })
                    .is("Oslo")))
        .isEqualTo("bodyString.find.transformOption.is(Oslo): IllegalStateException");
    assertThat(
            failure(
                "Rome",
                bodyString()
                    .validate(
                        "mine",
                        (answer, user) -> {
                          throw new IllegalArgumentException("Rome: " + answer);
                        })))
        .isEqualTo("bodyString.find.mine: IllegalArgumentException");
    assertThat(failure("{\"a\": 1}", jsonPath("$.a[?(").exists()))
        .isEqualTo("jsonPath($.a[?().find.exists: cannot be evaluated");
  }

  @Test
  void anAttributeThatACheckLacksIsNamed() {
    assertThat(failure("Rome", substring("#{nobody}")))
        .isEqualTo("a check: no attribute named 'nobody'");
  }

  @Test
  void aCheckWithANameOfItsOwnIsCalledByIt() {
    assertThat(failure("Rome", regex("is (\\w+)").is("Oslo").name("the city")))
        .isEqualTo("the city: found nothing");
  }
}
