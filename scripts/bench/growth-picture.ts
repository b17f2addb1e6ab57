import { type EChartsOption, init } from 'echarts';
import { type Curve, PANELS, type PanelName } from './curve.ts';

const WIDTH = 960;
const HEIGHT = 760;
const MARGIN = { left: 80, right: 24, top: 104, bottom: 52, between: 96 } as const;
/** Told apart without red against green, and dark enough for white paper. */
const COLOURS = ['#0b6e99', '#d9730d', '#6940a5'] as const;
const INK = '#37352f';
const GRID = '#e3e2e0';

const NAMES = Object.keys(PANELS) as PanelName[];

/** The frame of a panel: two beside each other, two below. */
function frameOf(index: number) {
  const width = (WIDTH - MARGIN.left - MARGIN.right - MARGIN.between) / 2;
  const height = (HEIGHT - 2 * (MARGIN.top + MARGIN.bottom)) / 2;
  return {
    left: MARGIN.left + (index % 2) * (width + MARGIN.between),
    top: MARGIN.top + Math.floor(index / 2) * (height + MARGIN.top + MARGIN.bottom),
    width,
    height,
  };
}

const text = { color: INK, fontFamily: 'system-ui, sans-serif' } as const;

function optionOf(curves: readonly Curve[]): EChartsOption {
  const of = (panel: PanelName) => curves.filter((curve) => curve.panel === panel);
  const axis = { type: 'log', logBase: 10, nameTextStyle: text, axisLabel: text } as const;
  const lines = { axisLine: { lineStyle: { color: INK } }, splitLine: { lineStyle: { color: GRID } } } as const;
  return {
    animation: false,
    // Paper of its own: the picture is read on light and on dark pages.
    backgroundColor: '#ffffff',
    color: [...COLOURS],
    title: NAMES.map((name, index) => {
      const { left, top } = frameOf(index);
      return { text: PANELS[name].title, left: left - 56, top: top - 96, textStyle: { ...text, fontSize: 15 } };
    }),
    legend: NAMES.map((name, index) => {
      const { left, top } = frameOf(index);
      const data = of(name).map((curve) => `${name}: ${curve.name}`);
      return {
        data,
        left: left - 56,
        top: top - 70,
        orient: 'vertical' as const,
        itemGap: 2,
        itemHeight: 14,
        itemWidth: 14,
        textStyle: { ...text, fontSize: 11 },
        formatter: (label: string) => label.replace(/^\w+: /, ''),
      };
    }),
    grid: NAMES.map((_, index) => frameOf(index)),
    xAxis: NAMES.map((name, gridIndex) => {
      const values = of(name).flatMap(({ points }) => points.map(({ x }) => x));
      const ends = values.length === 0 ? {} : { min: Math.min(...values), max: Math.max(...values) };
      return {
        ...axis,
        ...lines,
        ...ends,
        gridIndex,
        name: PANELS[name].x,
        nameLocation: 'middle',
        nameGap: 28,
        logBase: 2,
      };
    }),
    yAxis: NAMES.map((name, gridIndex) => ({
      ...axis,
      ...lines,
      gridIndex,
      name: PANELS[name].y,
      nameLocation: 'middle',
      nameGap: 48,
    })),
    series: NAMES.flatMap((name, index) =>
      of(name).map((curve, number) => ({
        type: 'line' as const,
        name: `${name}: ${curve.name}`,
        xAxisIndex: index,
        yAxisIndex: index,
        symbolSize: 6,
        color: COLOURS[number % COLOURS.length] ?? INK,
        data: curve.points.map(({ x, median }) => [x, median]),
      })),
    ),
  };
}

/** Draws the curves as an SVG picture, medians of the repetitions, both axes logarithmic. */
export function growthPicture(curves: readonly Curve[]): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption(optionOf(curves));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
