"""What is known of an occupation somewhere: counted, summed, judged."""
