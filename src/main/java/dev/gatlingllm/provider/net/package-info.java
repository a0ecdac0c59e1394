/** What every HTTP connection of ours must keep to, whichever client opened it. */
package dev.gatlingllm.provider.net;
