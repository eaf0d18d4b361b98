// Slack's native charts as SVG: bars, lines, areas and pies, with the same numbers in a table for screen readers.

import { useId, useLayoutEffect, useRef, useState } from 'react';

interface Point {
  label: string;
  value: number;
}

export interface ChartData {
  type: 'bar' | 'line' | 'area' | 'pie';
  segments?: Point[];
  series?: { name: string; data: Point[] }[];
  axis_config?: { categories: string[]; x_label?: string; y_label?: string };
}

const height = 232;
const plot = { left: 40, right: 8, top: 12, bottom: 30 };
const innerHeight = height - plot.top - plot.bottom;

/** Drawn as wide as there is room, so that its letters stay as large as the text around it. */
function useWidth() {
  const place = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(560);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const measure = () => setWidth(Math.max(200, Math.round(element.getBoundingClientRect().width)));
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return { place, width };
}

export function Chart({ title, chart }: { title: string; chart: ChartData }) {
  const id = useId();
  const { place, width } = useWidth();
  const series = chart.series ?? [];
  const segments = chart.segments ?? [];
  const categories = chart.axis_config?.categories ?? series[0]?.data.map(({ label }) => label) ?? [];
  const names = chart.type === 'pie' ? segments.map(({ label }) => label) : series.map(({ name }) => name);
  const axes = [chart.axis_config?.y_label, chart.axis_config?.x_label].filter(Boolean).join(' by ');
  return (
    <figure className="chart" aria-labelledby={`${id}-title`}>
      <figcaption className="chart-head">
        <span className="chart-title" id={`${id}-title`}>
          {title}
        </span>
        <span className="chart-legend">
          {names.map((name, at) => (
            <span key={name}>
              <i className={`chart-key chart-${at + 1}`} />
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <svg ref={place} viewBox={`0 0 ${width} ${height}`} height={height} aria-hidden="true">
        {chart.type === 'pie' ? (
          <Pie segments={segments} width={width} />
        ) : (
          <Plot chart={chart} categories={categories} width={width} />
        )}
      </svg>
      {axes !== '' && <p className="chart-axes">{axes}</p>}
      <table className="unseen">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{chart.axis_config?.x_label ?? 'Part'}</th>
            {(chart.type === 'pie' ? ['Value'] : names).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(chart.type === 'pie' ? names : categories).map((category, at) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {chart.type === 'pie' ? (
                <td>{segments[at]?.value}</td>
              ) : (
                series.map((one) => <td key={one.name}>{one.data[at]?.value ?? 0}</td>)
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** A round step that gives four lines or so: 1, 2, 2.5 or 5 times a power of ten. */
function stepFor(most: number): number {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? rough;
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

function Plot({ chart, categories, width }: { chart: ChartData; categories: string[]; width: number }) {
  const innerWidth = width - plot.left - plot.right;
  const series = chart.series ?? [];
  const values = series.flatMap(({ data }) => data.map(({ value }) => value));
  const step = stepFor(Math.max(0, ...values));
  const top = Math.max(step, Math.ceil(Math.max(0, ...values) / step) * step);
  const bottom = Math.min(0, Math.floor(Math.min(0, ...values) / step) * step);
  const y = (value: number) => plot.top + innerHeight * (1 - (value - bottom) / (top - bottom));
  const lines = Array.from({ length: Math.round((top - bottom) / step) + 1 }, (_, at) => bottom + at * step);
  const slot = innerWidth / Math.max(1, categories.length);
  const middle = (at: number) => plot.left + slot * (at + 0.5);
  const bar = Math.min(24, (slot * 0.7) / Math.max(1, series.length));

  return (
    <>
      {lines.map((value) => (
        <g key={value}>
          <line
            className={value === 0 ? 'chart-base' : 'chart-line'}
            x1={plot.left}
            x2={width - plot.right}
            y1={y(value)}
            y2={y(value)}
          />
          <text className="chart-label" x={plot.left - 8} y={y(value) + 4} textAnchor="end">
            {short(value)}
          </text>
        </g>
      ))}
      {categories.map((category, at) => (
        <text key={category} className="chart-label" x={middle(at)} y={height - 10} textAnchor="middle">
          {category}
        </text>
      ))}
      {chart.type === 'bar'
        ? series.map((one, which) =>
            categories.map((category, at) => {
              const value = one.data[at]?.value ?? 0;
              const left =
                middle(at) - (bar * series.length + 2 * (series.length - 1)) / 2 + which * (bar + 2);
              return (
                <rect
                  key={`${one.name} ${category}`}
                  className={`chart-${which + 1}`}
                  x={left}
                  width={bar}
                  y={Math.min(y(value), y(0))}
                  height={Math.abs(y(value) - y(0))}
                  rx={2}
                >
                  <title>{`${category}, ${one.name}: ${short(value)}`}</title>
                </rect>
              );
            }),
          )
        : series.map((one, which) => {
            const points = one.data.map(({ value }, at) => `${middle(at)},${y(value)}`);
            return (
              <g key={one.name}>
                {chart.type === 'area' && (
                  <polygon
                    className={`chart-${which + 1} chart-area`}
                    points={[
                      `${middle(0)},${y(0)}`,
                      ...points,
                      `${middle(one.data.length - 1)},${y(0)}`,
                    ].join(' ')}
                  />
                )}
                <polyline className={`chart-stroke chart-stroke-${which + 1}`} points={points.join(' ')} />
              </g>
            );
          })}
    </>
  );
}

function Pie({ segments, width }: { segments: Point[]; width: number }) {
  const sum = segments.reduce((total, { value }) => total + Math.max(0, value), 0) || 1;
  const [centre, radius] = [{ x: width / 2, y: height / 2 }, 96];
  const at = (share: number) => {
    const angle = share * 2 * Math.PI - Math.PI / 2;
    return `${centre.x + radius * Math.cos(angle)} ${centre.y + radius * Math.sin(angle)}`;
  };
  let from = 0;
  return segments.map(({ label, value }, which) => {
    const share = Math.max(0, value) / sum;
    const to = from + Math.min(share, 0.9999);
    const path = `M${centre.x} ${centre.y}L${at(from)}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${at(to)}Z`;
    from += share;
    return (
      <path key={label} className={`chart-${which + 1}`} d={path}>
        <title>{`${label}: ${short(value)} (${Math.round(share * 100)} %)`}</title>
      </path>
    );
  });
}
