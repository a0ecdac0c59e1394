import static dev.gatlingllm.LlmDsl.*;
import static io.gatling.javaapi.core.CoreDsl.*;

public class HelloSimulation extends io.gatling.javaapi.core.Simulation {
  {
    setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.").maxTokens(50)))
        .protocols(llm)
        .assertions(slo(settings(), "chat"));
  }
}
