/** What calls cost, from prices that the user knows. Exact decimal arithmetic throughout. */
package dev.gatlingllm.cost;
