/**
 * The simulated endpoint: a server on real sockets that speaks the wire formats of Azure OpenAI,
 * OpenAI and Amazon Bedrock, with known timings and every kind of failure. It makes runs possible
 * without an account and is the ruler that the client is measured with. Knows no SDK and no
 * Gatling.
 */
package dev.gatlingllm.simulator;
