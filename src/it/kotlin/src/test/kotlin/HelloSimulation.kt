import dev.gatlingllm.LlmDsl.*
import io.gatling.javaapi.core.Simulation

class HelloSimulation : Simulation() {
  init {
    setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.").maxTokens(50)))
        .protocols(llm)
        .assertions(slo(settings(), "chat"))
  }
}
