package dev.gatlingllm.experiment.rag;

import static io.gatling.javaapi.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.SimulationPlan;
import dev.gatlingllm.gatling.call.OverHttp;
import dev.gatlingllm.gatling.engine.LimitsOfSettings;
import dev.gatlingllm.gatling.engine.LlmProtocol;
import dev.gatlingllm.provider.app.ReadAnswers;
import io.gatling.commons.stats.OK$;
import io.gatling.javaapi.core.Session;
import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import scala.collection.immutable.List$;
import scala.collection.immutable.Map$;

/** What the users of an application ask with the settings of a run. */
public final class QuestionsOfSettings {

  private static final DefaultEventLoop LOOP = new DefaultEventLoop();

  private QuestionsOfSettings() {}

  /** What a user of an application asks, and how the answers are read and judged. */
  public static Object of(LlmConfig config) throws ReflectiveOperationException {
    Orchestrator application =
        Orchestrator.of(
            config, variable -> variable.equals("OTHER_KEY") ? "key-of-another-variable" : "");
    List<Object> asked = new ArrayList<>();
    Session session = session();
    for (int question = 0; question < 4; question++) {
      session = application.nextQuestion(session);
      asked.add(application.body(session));
      asked.add(application.thinkTime(session));
      session = session.set(Conversations.ID, "id-7");
    }
    OverHttp over = application.asked(http("ask").post("/"));
    asked.add(ReadAnswers.of(over.format()));
    asked.add(over.key().isPresent());
    asked.add(over.target());
    asked.add(SimulationPlan.of(over.request().asScala()));
    asked.add(
        LimitsOfSettings.declaredBy(
            config.slo(), () -> assertThat(application.assertions("ask")).isEmpty()));
    asked.add(application.refuses("I am sorry") + " " + application.refuses("no comment"));
    ((LlmProtocol) application.protocols().get(1).protocol()).client().close();
    return asked.toString().replaceAll("@[0-9a-f]+", "");
  }

  private static Session session() {
    return new Session(
        new io.gatling.core.session.Session(
            "users",
            1,
            Map$.MODULE$.empty(),
            OK$.MODULE$,
            List$.MODULE$.empty(),
            io.gatling.core.session.Session.NothingOnExit(),
            LOOP));
  }
}
