export const rate = () => 0.2; // probe: rate
