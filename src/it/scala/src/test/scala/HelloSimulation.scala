import dev.gatlingllm.LlmDsl._
import io.gatling.javaapi.core.Simulation

class HelloSimulation extends Simulation {
  setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.").maxTokens(50)))
    .protocols(llm)
    .assertions(slo(settings(), "chat"))
}
