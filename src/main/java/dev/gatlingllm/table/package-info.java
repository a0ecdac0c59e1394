/** Tables of numbers and texts: one model, the same in every format. */
package dev.gatlingllm.table;
