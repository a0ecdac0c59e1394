package sweep;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.protocol.LlmAssertions;
import dev.gatlingllm.protocol.Planned;
import dev.gatlingllm.protocol.Prompts;
import dev.gatlingllm.workload.ShapeProfile;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.Collections;
import java.util.List;

/**
 * How many clients can the endpoint serve before they have to wait for one another?
 *
 * <p>Levels of concurrency, one after another. At each, that many clients make their next call when
 * the last one ended. Beyond the knee the time to first token rises and the rate does not.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=sweep.ConcurrencySweepSimulation -Dllm.sweep.levels=1,4,16
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met at one of the levels.
 */
public class ConcurrencySweepSimulation extends Simulation {

  private final LlmConfig config = LlmConfig.read();
  private final Prompts prompts = Prompts.of(config);
  private final ShapeProfile shape = prompts.shape(config.profile());
  private final List<Integer> levels = config.sweep().ladder().levels();

  {
    PopulationBuilder ladder = null;
    for (int i = levels.size() - 1; i >= 0; i--) {
      PopulationBuilder level = level(levels.get(i));
      ladder = ladder == null ? level : level.andThen(ladder);
    }
    setUp(ladder)
        .protocols(
            llm.config(config).planned(Planned.clients(Collections.max(levels), prompts, shape)))
        .assertions(
            levels.stream()
                .flatMap(n -> LlmAssertions.slo(config.slo(), groupOf(n), "chat").stream())
                .toList());
  }

  private PopulationBuilder level(int clients) {
    int calls = config.sweep().callsPerClient(clients);
    return scenario(groupOf(clients))
        .exec(repeat(calls).on(group(groupOf(clients)).on(llm("chat").shape(prompts, shape))))
        .injectOpen(atOnceUsers(clients));
  }

  private static String groupOf(int clients) {
    return clients == 1 ? "1 client" : clients + " clients";
  }
}
